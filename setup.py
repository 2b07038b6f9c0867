"""Builds the compiled kernels with the package; everything else is in pyproject.toml.

The library is plain C without Python's headers and is opened by ctypes. It is optional: where there is no compiler, or not one that knows
vector types, the installation goes on and ``verify.numerics.kernels`` reports itself absent.
"""

from setuptools import Extension, setup

FLAGS = ["-std=gnu11", "-O3", "-fno-math-errno", "-fno-trapping-math", "-ffp-contract=fast", "-Wno-psabi"]

setup(
    ext_modules=[
        Extension(
            "verify.numerics._kernels",
            sources=["verify/numerics/kernels.c"],
            depends=["verify/numerics/kernels_body.h"],
            extra_compile_args=FLAGS,
            libraries=["m"],
            optional=True,
        )
    ]
)
