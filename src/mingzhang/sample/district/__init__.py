"""A sample district (示例区): sixty invented departments whose figures come from filled workbooks, for the pages of a finance bureau."""

from mingzhang.sample.district.build import add_district

__all__ = ["add_district"]
