NAME = "discord"; TITLE="Discord"; SUFFIXES=(".json",); LOCAL_TIMES=True
