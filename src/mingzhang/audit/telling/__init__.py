"""An audit told to people: a workbook of findings and figures, a review page with the figures marked."""
