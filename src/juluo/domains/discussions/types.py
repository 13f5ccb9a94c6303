"""Values other packages may hold in their hands."""

# What a foreign key to a space names, so that domains above need not import the model.
SPACE_MODEL = "discussions.Space"
