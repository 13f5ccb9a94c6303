"""Charts: one ECharts option made in Python, drawn by the page or into a picture."""
