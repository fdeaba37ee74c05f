// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>

namespace edgewise::test {

/// A class of tests that this program holds, by the name of its file.
struct Registration {
    using Run = int (*)(int argc, char **argv);

    Registration(const char *file, Run run);
};

/// With the name of a file (tst_x) as the first argument: runs its class with the arguments behind
/// it, which are QtTest's. Without: runs all of them, one after the other; the code is the sum.
int runTests(int argc, char **argv);

} // namespace edgewise::test

// A folder's tests share a program, so that it is linked once: QtTest's macros register the class
// instead of being its main().
#define EDGEWISE_REGISTER_TEST(Class, Application)                                                 \
    static const edgewise::test::Registration registration##Class(                                 \
        __FILE__, [](int argc, char **argv) {                                                      \
            Application application(argc, argv);                                                   \
            QCoreApplication::setAttribute(Qt::AA_Use96Dpi);                                       \
            Class test;                                                                            \
            return QTest::qExec(&test, argc, argv);                                                \
        });

#undef QTEST_MAIN
#define QTEST_MAIN(Class) EDGEWISE_REGISTER_TEST(Class, QApplication)
#undef QTEST_GUILESS_MAIN
#define QTEST_GUILESS_MAIN(Class) EDGEWISE_REGISTER_TEST(Class, QCoreApplication)
