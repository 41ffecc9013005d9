// The ways in which panels say no beside their documented one.
#pragma once

#include "providers/detail/json_value.hpp"

#include <string>

namespace ulak::providers {

/// Whether the answer says an explicit no: {"status":"error"|"fail"|"failed"}, an `error` with a text or an object, or
/// a list `errors` with something in it. Which words it says does not decide; silence and a `message` alone are no
/// refusal, and "error": 0, "0", false or "" is none.
bool says_no(const json_value& body);

/// The words that come with it, joined; empty where there are none.
std::string words_of_refusal(const json_value& body);

} // namespace ulak::providers
