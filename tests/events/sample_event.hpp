// An event with a value in every kind of field, for tests of what writes events.
#pragma once

#include "events/event.hpp"
#include "events/event_names.hpp"

#include <utility>

namespace ulak::events {

inline event sample_event(level severity = level::warning)
{
    event e(run_started, severity, "first line");
    e.seq = 7;
    e.time = parse_rfc3339("2026-11-22T12:00:01.456Z").value();
    e.job = "otp-watch";
    e.run = "01J";
    e.data = {{"price", "4.00"}, {"try-no", 2}, {"job", "forged"}};
    return e;
}

} // namespace ulak::events
