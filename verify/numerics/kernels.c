/* Compiled kernels of the floating-point numerics; called through verify/numerics/kernels.py, never needed.
 *
 * Plain C, no Python header. Sixteen shifts share one pass over a triangular matrix: the matrix entry is broadcast, the sixteen unknowns are
 * two vectors of eight. The body is compiled for several processor types where the compiler can, and the machine it runs on chooses; building
 * on one machine and running on another is safe. (The attribute target_clones would be shorter, but GCC lowers vector types for the oldest
 * processor before it makes the clones: twenty times slower.)
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define INTERFACE 1
#define INLINE static inline __attribute__((always_inline))
#define PASTE(x, y) x##y
#define JOIN(x, y) PASTE(x, y)
#define NAME(x) JOIN(x, PROCESSOR)

typedef double vec __attribute__((vector_size(64)));
enum { LANES = 16, MOST_STEPS = 64, MOST_COLUMNS = 64 };
#define ZERO ((vec){0.0})

/* Sixteen complex numbers. */
typedef struct {
    vec re[2], im[2];
} tile;

#define PROCESSOR _baseline
#include "kernels_body.h"
#undef PROCESSOR

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define SEVERAL_PROCESSORS

#pragma GCC push_options
#pragma GCC target("avx2,fma")
#define PROCESSOR _avx2
#include "kernels_body.h"
#undef PROCESSOR
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("avx2,fma,avx512f,avx512dq,avx512vl")
#define PROCESSOR _avx512
#include "kernels_body.h"
#undef PROCESSOR
#pragma GCC pop_options

static int has_avx512(void) {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

static int has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
#endif

#ifdef SEVERAL_PROCESSORS
#define BEST(function, ...) \
    (has_avx512() ? function##_avx512(__VA_ARGS__) : has_avx2() ? function##_avx2(__VA_ARGS__) : function##_baseline(__VA_ARGS__))
#else
#define BEST(function, ...) function##_baseline(__VA_ARGS__)
#endif

int kernels_interface(void) { return INTERFACE; }

int kernels_lanczos(int n, const double *T, const double *L, double size, const double *start, long count, const double *z, double rtol,
                    int steps, double *sigma, unsigned char *settled) {
    return BEST(lanczos, n, T, L, size, start, count, z, rtol, steps, sigma, settled);
}

int kernels_one_way_sigmas(int p, int q, const double *a, const double *b, const double *C, long count, const long long *owner,
                           const long long *coupling, const double *s, double tolerance, double *sigma, double *slope) {
    return BEST(one_way_sigmas, p, q, a, b, C, count, owner, coupling, s, tolerance, sigma, slope);
}

int kernels_one_way_above(int p, int q, const double *a, const double *b, const double *C, long count, const long long *owner,
                          const long long *coupling, const double *s, const double *g, unsigned char *above) {
    return BEST(one_way_above, p, q, a, b, C, count, owner, coupling, s, g, above);
}
