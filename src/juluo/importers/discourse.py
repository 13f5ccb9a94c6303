NAME = "discourse"; TITLE="Discourse"; SUFFIXES=(".json",); LOCAL_TIMES=False
