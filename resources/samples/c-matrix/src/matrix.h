#ifndef MATRIX_H
#define MATRIX_H

/* c = a * b, of n rows and columns each. */
void matrix_multiply(int n, const double* a, const double* b, double* c);

#endif
