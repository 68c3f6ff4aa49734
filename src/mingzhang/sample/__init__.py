"""The sample bureau (示例数据): a plan of figures, business events that make its vouchers, registers and texts."""

from mingzhang.sample.build import SampleError, build_sample

__all__ = ["SampleError", "build_sample"]
