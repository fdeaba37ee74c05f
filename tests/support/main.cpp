// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testprogram.h"

// In a library: a program with a main() of its own does not take this one.
int main(int argc, char **argv)
{
    return edgewise::test::runTests(argc, argv);
}
