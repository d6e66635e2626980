#include "matrix.h"

void matrix_multiply(int n, const double* a, const double* b, double* c) {
    for (int row = 0; row < n; ++row) {
        for (int column = 0; column < n; ++column) {
            double sum = 0;
            for (int i = 0; i < n; ++i)
                sum += a[row * n + i] * b[i * n + column];
            c[row * n + column] = sum;
        }
    }
}
