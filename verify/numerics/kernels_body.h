/* The kernels themselves; kernels.c includes this once for each processor type, with NAME(x) giving every function a name of its own. */

INLINE tile NAME(times)(tile x, tile y) {
    tile out;
    for (int h = 0; h < 2; h++) {
        out.re[h] = x.re[h] * y.re[h] - x.im[h] * y.im[h];
        out.im[h] = x.re[h] * y.im[h] + x.im[h] * y.re[h];
    }
    return out;
}

INLINE tile NAME(conjugate)(tile x) {
    for (int h = 0; h < 2; h++) x.im[h] = -x.im[h];
    return x;
}

/* sum += t x for one complex number t. */
INLINE void NAME(accumulate)(tile *sum, const double *t, const tile *x) {
    const double re = t[0], im = t[1];
    for (int h = 0; h < 2; h++) {
        sum->re[h] += re * x->re[h];
        sum->im[h] += re * x->im[h];
        sum->re[h] -= im * x->im[h];
        sum->im[h] += im * x->re[h];
    }
}

/* (zI - T) x = b, two rows at a time; T row by row, pivots are 1/(z - t_ii); x may be b. */
INLINE void NAME(solve_upper)(int n, const double *T, const tile *pivots, const tile *b, tile *x) {
    int i = n - 1;
    for (; i >= 1; i -= 2) {
        const double *low = T + 2 * (size_t)i * n, *high = low - 2 * (size_t)n;
        tile one = b[i], two = b[i - 1];
        for (int j = i + 1; j < n; j++) {
            NAME(accumulate)(&one, low + 2 * j, x + j);
            NAME(accumulate)(&two, high + 2 * j, x + j);
        }
        x[i] = NAME(times)(one, pivots[i]);
        NAME(accumulate)(&two, high + 2 * i, x + i);
        x[i - 1] = NAME(times)(two, pivots[i - 1]);
    }
    if (i == 0) {
        tile one = b[0];
        for (int j = 1; j < n; j++) NAME(accumulate)(&one, T + 2 * j, x + j);
        x[0] = NAME(times)(one, pivots[0]);
    }
}

/* (zI - T)* x = b; L is T* row by row. */
INLINE void NAME(solve_lower)(int n, const double *L, const tile *pivots, const tile *b, tile *x) {
    int i = 0;
    for (; i + 1 < n; i += 2) {
        const double *high = L + 2 * (size_t)i * n, *low = high + 2 * (size_t)n;
        tile one = b[i], two = b[i + 1];
        for (int j = 0; j < i; j++) {
            NAME(accumulate)(&one, high + 2 * j, x + j);
            NAME(accumulate)(&two, low + 2 * j, x + j);
        }
        x[i] = NAME(times)(one, NAME(conjugate)(pivots[i]));
        NAME(accumulate)(&two, low + 2 * i, x + i);
        x[i + 1] = NAME(times)(two, NAME(conjugate)(pivots[i + 1]));
    }
    if (i < n) {
        tile one = b[i];
        for (int j = 0; j < i; j++) NAME(accumulate)(&one, L + 2 * ((size_t)i * n + j), x + j);
        x[i] = NAME(times)(one, NAME(conjugate)(pivots[i]));
    }
}

/* 1/(z - t_ii); a pivot at rounding level is replaced by that level. Unused lanes repeat the last shift. */
INLINE void NAME(invert_pivots)(int n, const double *T, double size, const double *z, int lanes, tile *pivots) {
    for (int l = 0; l < LANES; l++) {
        const int k = l < lanes ? l : lanes - 1;
        const double x = z[2 * k], y = z[2 * k + 1];
        const double floor = 2.220446049250313e-16 * (size + hypot(x, y)) + 2.2250738585072014e-308;
        for (int i = 0; i < n; i++) {
            const double *t = T + 2 * (size_t)i * (n + 1);
            double re = x - t[0], im = y - t[1], length = sqrt(re * re + im * im);
            if (length < floor) re = floor, im = 0.0, length = floor;
            pivots[i].re[l / 8][l % 8] = re / length / length;
            pivots[i].im[l / 8][l % 8] = -im / length / length;
        }
    }
}

INLINE void NAME(squared_lengths)(int n, const tile *x, vec *out) {
    for (int h = 0; h < 2; h++) {
        vec sum = ZERO;
        for (int i = 0; i < n; i++) sum += x[i].re[h] * x[i].re[h] + x[i].im[h] * x[i].im[h];
        out[h] = sum;
    }
}

/* The largest eigenvalues of symmetric tridiagonal matrices, one for each lane: Newton's method on the characteristic polynomial, falling
 * from the right of all roots. a: diagonals, b2: squared sides. */
INLINE void NAME(largest_eigenvalues)(int k, double a[][LANES], double b2[][LANES], double *x) {
    for (int l = 0; l < LANES; l++) x[l] = 0.0;
    for (int i = 0; i < k; i++)
        for (int l = 0; l < LANES; l++) {
            const double row = a[i][l] + (i ? sqrt(b2[i - 1][l]) : 0.0) + (i + 1 < k ? sqrt(b2[i][l]) : 0.0);
            x[l] = row > x[l] ? row : x[l];
        }
    for (int round = 0; round < 60; round++) {
        double d[LANES], slope[LANES], ratio[LANES], least[LANES];
        for (int l = 0; l < LANES; l++) d[l] = least[l] = x[l] - a[0][l], slope[l] = 1.0, ratio[l] = 1.0 / d[l];
        for (int i = 1; i < k; i++)
            for (int l = 0; l < LANES; l++) {
                const double inverse = 1.0 / d[l], quotient = b2[i - 1][l] * inverse;
                slope[l] = 1.0 + quotient * slope[l] * inverse;
                d[l] = x[l] - a[i][l] - quotient;
                least[l] = d[l] > least[l] ? least[l] : d[l]; /* not positive, or not a number: at the root, up to rounding */
                ratio[l] += slope[l] / d[l];
            }
        int moving = 0;
        for (int l = 0; l < LANES; l++) {
            const double step = least[l] > 0.0 ? 1.0 / ratio[l] : 0.0;
            x[l] -= step;
            moving |= step > 1e-14 * x[l];
        }
        if (!moving) break;
    }
}

/* Inverse Lanczos for the shifts of one tile; sigma and settled as in triangular.lanczos_estimates. */
static void NAME(lanczos_tile)(int n, const double *T, const double *L, double size, const double *start, const double *z, int lanes,
                                        double rtol, int steps, tile *work, double *sigma, unsigned char *settled) {
    tile *pivots = work, *q = work + n, *before = work + 2 * n, *w = work + 3 * n;
    double a[MOST_STEPS][LANES], b2[MOST_STEPS][LANES], top[LANES];
    vec beta[2] = {ZERO, ZERO};
    int open = lanes;
    NAME(invert_pivots)(n, T, size, z, lanes, pivots);
    for (int i = 0; i < n; i++)
        for (int h = 0; h < 2; h++) {
            q[i].re[h] = ZERO + start[2 * i], q[i].im[h] = ZERO + start[2 * i + 1];
            before[i].re[h] = before[i].im[h] = ZERO;
        }
    for (int l = 0; l < lanes; l++) sigma[l] = INFINITY, settled[l] = 0;
    if (steps > n + 2) steps = n + 2;
    for (int step = 0; step < steps && open; step++) {
        vec alpha[2], length2[2];
        NAME(solve_lower)(n, L, pivots, q, w);
        NAME(solve_upper)(n, T, pivots, w, w);
        for (int h = 0; h < 2; h++) {
            vec sum = ZERO;
            for (int i = 0; i < n; i++) {
                w[i].re[h] -= beta[h] * before[i].re[h];
                w[i].im[h] -= beta[h] * before[i].im[h];
                sum += q[i].re[h] * w[i].re[h] + q[i].im[h] * w[i].im[h];
            }
            for (int i = 0; i < n; i++) {
                w[i].re[h] -= sum * q[i].re[h];
                w[i].im[h] -= sum * q[i].im[h];
            }
            alpha[h] = sum;
        }
        NAME(squared_lengths)(n, w, length2);
        vec inverse[2];
        for (int l = 0; l < LANES; l++) {
            const double along = alpha[l / 8][l % 8], side2 = length2[l / 8][l % 8];
            const int spent = !(side2 > 1e-30 * along * along); /* an invariant subspace: further vectors would be noise */
            beta[l / 8][l % 8] = spent ? 0.0 : sqrt(side2);
            inverse[l / 8][l % 8] = spent ? 0.0 : 1.0 / sqrt(side2);
            a[step][l] = along, b2[step][l] = spent ? 0.0 : side2;
        }
        for (int i = 0; i < n; i++)
            for (int h = 0; h < 2; h++) {
                before[i].re[h] = q[i].re[h], before[i].im[h] = q[i].im[h];
                q[i].re[h] = w[i].re[h] * inverse[h], q[i].im[h] = w[i].im[h] * inverse[h];
            }
        if (step % 2 == 0 && step + 1 != n) continue;
        NAME(largest_eigenvalues)(step + 1, a, b2, top);
        for (int l = 0; l < lanes; l++) {
            if (settled[l]) continue;
            const double ritz = 1.0 / sqrt(top[l]);
            const int steady = fabs(ritz - sigma[l]) <= rtol * ritz || step + 1 == n;
            if (ritz < sigma[l]) sigma[l] = ritz;
            if (steady && ritz > 1e-70 && isfinite(ritz)) settled[l] = 1, open--;
        }
    }
}

/* sigma_min(z[k] I - T) for many shifts. T, L = T*, start and z are complex (pairs of doubles); 0 if there was no memory. */
static int NAME(lanczos)(int n, const double *T, const double *L, double size, const double *start, long count, const double *z, double rtol,
                    int steps, double *sigma, unsigned char *settled) {
    tile *work = aligned_alloc(64, 4 * (size_t)n * sizeof(tile));
    if (!work) return 0;
    if (steps > MOST_STEPS) steps = MOST_STEPS;
    for (long k = 0; k < count; k += LANES) {
        const int lanes = count - k < LANES ? (int)(count - k) : LANES;
        NAME(lanczos_tile)(n, T, L, size, start, z + 2 * k, lanes, rtol, steps, work, sigma + k, settled + k);
    }
    free(work);
    return 1;
}

/* ---- One-way coupling: J similar to [[1 - a, 0], [C, 1 - b]] with diagonal blocks; see verify/numerics/one_way.py for the mathematics. ---- */

/* Z_ij = g c_ij / (beta_i alpha_j), with row and column scalings; Gram matrix of the columns. 0 if g is not below every s + a, s + b. */
INLINE int NAME(scaled_gram)(int p, int q, const double *a, const double *b, const double *C, double s, double g, double *alpha2, double *beta2,
                       double *gram) {
    double across[MOST_COLUMNS];
    for (int j = 0; j < p; j++) {
        alpha2[j] = (s + a[j] - g) * (s + a[j] + g);
        if (!(alpha2[j] > 0.0)) return 0;
        across[j] = 1.0 / sqrt(alpha2[j]);
    }
    memset(gram, 0, sizeof(double) * p * p);
    for (int i = 0; i < q; i++) {
        beta2[i] = (s + b[i] - g) * (s + b[i] + g);
        if (!(beta2[i] > 0.0)) return 0;
        const double weight = g * g / beta2[i], *row = C + (size_t)i * p;
        for (int j = 0; j < p; j++) {
            const double factor = weight * row[j];
            for (int k = 0; k <= j; k++) gram[j * p + k] += factor * row[k];
        }
    }
    for (int j = 0; j < p; j++)
        for (int k = 0; k <= j; k++) gram[j * p + k] *= across[j] * across[k];
    return 1;
}

/* Lower Cholesky factor of shift I - gram; the diagonal holds reciprocals. 0 if it is not positive definite. */
INLINE int NAME(factorise)(int p, const double *gram, double shift, double *factor) {
    for (int j = 0; j < p; j++) {
        double *row = factor + j * p;
        double diagonal = shift - gram[j * p + j];
        for (int k = 0; k < j; k++) {
            const double *other = factor + k * p;
            double sum = -gram[j * p + k];
            for (int m = 0; m < k; m++) sum -= row[m] * other[m];
            row[k] = sum * other[k];
            diagonal -= row[k] * row[k];
        }
        if (!(diagonal > 0.0)) return 0;
        row[j] = 1.0 / sqrt(diagonal);
    }
    return 1;
}

INLINE void NAME(solve_factored)(int p, const double *factor, double *v) {
    for (int j = 0; j < p; j++) {
        double sum = v[j];
        for (int k = 0; k < j; k++) sum -= factor[j * p + k] * v[k];
        v[j] = sum * factor[j * p + j];
    }
    for (int j = p - 1; j >= 0; j--) {
        v[j] *= factor[j * p + j];
        for (int k = 0; k < j; k++) v[k] -= factor[j * p + k] * v[j];
    }
}

/* The largest eigenvalue of the Gram matrix and its vector. A shift is *above* it iff the Cholesky factorisation exists; inverse iteration
 * with such a shift converges to the top and to nothing else. */
INLINE double NAME(top_pair)(int p, const double *gram, double tolerance, double *v, double *factor) {
    double image[MOST_COLUMNS], value = 0.0, residual = 0.0, shift = -1.0;
    for (int round = 0; round <= 40; round++) {
        double length = 0.0;
        for (int j = 0; j < p; j++) length += v[j] * v[j];
        length = 1.0 / sqrt(length);
        for (int j = 0; j < p; j++) v[j] *= length;
        memset(image, 0, sizeof(double) * p);
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < j; k++) image[j] += gram[j * p + k] * v[k], image[k] += gram[j * p + k] * v[j];
            image[j] += gram[j * p + j] * v[j];
        }
        value = 0.0, residual = 0.0;
        for (int j = 0; j < p; j++) value += v[j] * image[j];
        for (int j = 0; j < p; j++) residual += (image[j] - value * v[j]) * (image[j] - value * v[j]);
        residual = sqrt(residual);
        if (value == 0.0 && residual == 0.0) return 0.0; /* no coupling: there is no direction to follow */
        if (round == 40 || (shift >= 0.0 && residual <= tolerance * value && shift - value <= 1e-9 * value)) break;
        if (round < 2) { /* two steps of the power method first */
            memcpy(v, image, sizeof(double) * p);
            continue;
        }
        double room = residual + tolerance * value + 1e-300;
        int tries = 0;
        while (!NAME(factorise)(p, gram, shift = value + room, factor) && tries++ < 60) room *= 4.0;
        if (tries > 60) return NAN;
        if (tries > 8 && residual <= tolerance * value) /* an eigenvector, but not of the top: from there inverse iteration would never leave it */
            for (int j = 0; j < p; j++) v[j] += (j % 2 ? -0.01 : 0.01) * (1.0 + 0.37 * ((j * 7) % 5));
        NAME(solve_factored)(p, factor, v);
    }
    return value;
}

/* g = sigma_min at excess s: the root of ‖Z(g)‖ = 1; slope = dg/ds. The value starts from `guess` if that is positive. */
INLINE double NAME(one_way_sigma)(int p, int q, const double *a, const double *b, const double *C, double s, double guess, double tolerance,
                            double *v, double *work, double *slope) {
    double *gram = work, *factor = work + p * p, *alpha2 = factor + p * p, *beta2 = alpha2 + p;
    double high = INFINITY, low = 0.0;
    for (int j = 0; j < p; j++) high = fmin(high, s + a[j]);
    for (int i = 0; i < q; i++) high = fmin(high, s + b[i]);
    double g = guess > 0.0 && guess < high ? guess : 0.5 * high;
    for (int round = 0; round < 100; round++) {
        double log_tau = INFINITY, rate = 1.0;
        if (NAME(scaled_gram)(p, q, a, b, C, s, g, alpha2, beta2, gram)) {
            const double top = NAME(top_pair)(p, gram, fmax(4e-15 * p, 1e-3 * tolerance), v, factor);
            if (!(top >= 0.0)) return NAN;
            log_tau = 0.5 * log(fmax(top, 1e-300));
            double inner = 0.0, outer = 0.0, inner_s = 0.0, outer_s = 0.0, total = 0.0;
            for (int j = 0; j < p; j++) inner += v[j] * v[j] / alpha2[j], inner_s += v[j] * v[j] * (s + a[j]) / alpha2[j];
            for (int i = 0; i < q; i++) {
                double y = 0.0;
                for (int j = 0; j < p; j++) y += C[(size_t)i * p + j] * v[j] / sqrt(alpha2[j]);
                y = y * y / beta2[i];
                total += y, outer += y / beta2[i], outer_s += y * (s + b[i]) / beta2[i];
            }
            if (total > 0.0) outer /= total, outer_s /= total;
            rate = 1.0 + g * g * (inner + outer); /* d log tau / d log g */
            *slope = g * (inner_s + outer_s) / rate;
        }
        if (log_tau > 0.0) high = g; else low = g;
        if (fabs(log_tau) <= tolerance * rate || high - low <= 1e-16 * high) break;
        double next = g * exp(-log_tau / rate);
        if (!(next > low && next < high)) next = low > 0.0 ? 0.5 * (low + high) : 0.125 * high;
        if (next == g) break;
        g = next;
    }
    return g;
}

INLINE size_t NAME(one_way_work)(int p, int q) { return 2 * (size_t)p * p + 2 * (size_t)p + q; }

/* sigma and d sigma / ds at points[m] of the matrix owner[m]; owners equal to the one before start from its vector. */
static int NAME(one_way_sigmas)(int p, int q, const double *a, const double *b, const double *C, long count, const long long *owner,
                                          const long long *coupling, const double *s, double tolerance, double *sigma, double *slope) {
    if (p > MOST_COLUMNS) return 0;
    double *work = malloc((NAME(one_way_work)(p, q) + p) * sizeof(double));
    if (!work) return 0;
    double *v = work + NAME(one_way_work)(p, q);
    for (long m = 0; m < count; m++) {
        const long long k = owner[m];
        const int again = m > 0 && owner[m - 1] == k && isfinite(sigma[m - 1]);
        for (int j = 0; j < p && !again; j++) v[j] = 1.0 + 0.37 * ((j * 7) % 5); /* generic, fixed: results repeat */
        slope[m] = 0.0;
        const double guess = again ? sigma[m - 1] + slope[m - 1] * (s[m] - s[m - 1]) : -1.0;
        sigma[m] = NAME(one_way_sigma)(p, q, a + k * p, b + k * q, C + coupling[k] * p * q, s[m], guess, tolerance, v, work, slope + m);
    }
    free(work);
    return 1;
}

/* Whether sigma_min > g[m] at s[m]: ‖Z(g)‖ < 1, by the Cholesky factorisation of I - Z*Z. */
static int NAME(one_way_above)(int p, int q, const double *a, const double *b, const double *C, long count, const long long *owner,
                                         const long long *coupling, const double *s, const double *g, unsigned char *above) {
    if (p > MOST_COLUMNS) return 0;
    double *work = malloc(NAME(one_way_work)(p, q) * sizeof(double));
    if (!work) return 0;
    double *gram = work, *factor = work + p * p, *alpha2 = factor + p * p, *beta2 = alpha2 + p;
    for (long m = 0; m < count; m++) {
        const long long k = owner[m];
        above[m] = NAME(scaled_gram)(p, q, a + k * p, b + k * q, C + coupling[k] * p * q, s[m], g[m], alpha2, beta2, gram)
                   && NAME(factorise)(p, gram, 1.0, factor);
    }
    free(work);
    return 1;
}
