// Reads the query and the body of a request. Everything wrong with them is errc::invalid_argument.
#pragma once

#include "core/text.hpp"
#include "http/server.hpp"
#include <boost/json/object.hpp>
#include <chrono>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

namespace ulak::control {

inline constexpr std::chrono::minutes longest_wait{10};

/// Whether each key of the query is among `known` ("limit,after") and stands once.
result<void> check_query(const http::incoming_request& request, std::string_view known);

/// `?follow=1`: 1, true, yes and on; 0, false, no, off and no such key. Anything else is refused.
result<bool> parse_flag(const http::incoming_request& request, std::string_view name);

/// `?wait=30s`: how long a caller is ready to wait, `longest_wait` at most. Absent: zero.
result<std::chrono::milliseconds> parse_wait(const http::incoming_request& request);

/// `?limit=`: from 1 to `most`; `usual` if it is absent.
result<std::size_t> parse_limit(const http::incoming_request& request, std::size_t usual, std::size_t most);

/// The body as a JSON object; an empty body is {}. Unknown keys are refused with the allowed ones, so that a slip is
/// not lost.
result<boost::json::object> parse_body(const http::incoming_request& request,
                                       std::initializer_list<std::string_view> allowed);

/// `?state=a,b`; absent: every state.
template<class State>
result<std::vector<State>> parse_states(const http::incoming_request& request,
                                        std::optional<State> (*parse)(std::string_view) noexcept)
{
    std::vector<State> states;
    const std::string_view text = request.parameter("state");
    if (text.empty())
        return states;
    for (std::string_view word : split(text, ',')) {
        auto state = parse(word);
        if (!state)
            return error(errc::invalid_argument, "state: there is no state `" + printable(word) + "`");
        states.push_back(*state);
    }
    return states;
}

} // namespace ulak::control
