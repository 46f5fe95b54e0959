"""An ordinary week, where people of a type are alike: a circulation a type."""
