"""The shared look: base templates, components, the menu, icons."""
