"""The history of nights: what has changed since the nights before, and how sure that is. Pure functions on values that somebody else has read."""
