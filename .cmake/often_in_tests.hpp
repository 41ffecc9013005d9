// As often.hpp, with what every test includes.
#pragma once

#include "often.hpp"

#include <boost/test/unit_test.hpp>
