// The entry point of every test program; Boost.Test is linked as Debian's shared library.
#define BOOST_TEST_MODULE ulak
#include <boost/test/unit_test.hpp>
