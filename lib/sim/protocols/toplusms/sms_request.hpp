// Reads what a send asks for, from a form or from a query, and finds what is wrong with it.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::toplusms {

/// What both ways of sending come to.
struct sms_request {
    std::string caption{};
    std::string text{};
    std::string encoding{};
    std::vector<std::uint64_t> numbers{};
    wall_point due{};
    std::int64_t validity = 48; ///< hours
    bool scheduled = false;
};

/// Adds the numbers of a list and leaves out, with a mistake, what is no number. `loose`: whatever can be brought to
/// ten digits counts.
void read_numbers(call& c, std::string_view list, std::string_view separators, bool loose, sms_request& w);
/// Absent or wrong: the longest.
void read_validity(call& c, std::optional<std::string_view> text, sms_request& w);
/// Empty or past: now. False for a text that is no date.
bool read_due(call& c, std::string_view text, sms_request& w);

/// The first thing that is wrong with the content, as the panel would say it.
std::optional<http::reply> content_problem(call& c, const sms_request& w);

/// How many SMS each recipient gets, and so what it costs.
std::int64_t count_segments(call& c, const sms_request& w);

} // namespace ulak::sim::toplusms
