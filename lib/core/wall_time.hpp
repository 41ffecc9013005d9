// Wall time as people write it: moments, RFC 3339, civil times, time zones and durations, in one include.
#pragma once

#include "core/civil.hpp"
#include "core/duration.hpp"
#include "core/rfc3339.hpp"
#include "core/time_zone.hpp"
#include "core/wall_point.hpp"
