"""The trend of a history of nights: a web page that stands alone, and a figure for the report on paper."""
