"""Every absence tried: who is missed, when, and what helps."""
