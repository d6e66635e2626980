#include <matrix.h>
#include <stdio.h>

int main(void) {
    const double a[] = {1, 2, 3, 4}, b[] = {0, 1, 1, 0};
    double c[4];
    matrix_multiply(2, a, b, c);
    printf("%g %g %g %g\n", c[0], c[1], c[2], c[3]);
    return c[0] == 2 && c[3] == 3 ? 0 : 1;
}
