#include "control/detail/request_parsing.hpp"

#include "core/json_text.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <charconv>

namespace ulak::control {

result<void> check_query(const http::incoming_request& request, std::string_view known)
{
    const auto keys = known.empty() ? std::vector<std::string_view>() : split(known, ',');
    for (auto at = request.query.begin(); at != request.query.end(); ++at) {
        if (std::find(keys.begin(), keys.end(), at->first) == keys.end())
            return error(errc::invalid_argument,
                         "unknown query key `" + printable(at->first, 80) + "`; " +
                             (keys.empty() ? "this path takes none" : "known: " + join(keys, ", ")));
        const auto same = [&](const auto& other) { return other.first == at->first; };
        if (std::any_of(request.query.begin(), at, same))
            return error(errc::invalid_argument, at->first + ": the query key stands twice");
    }
    return {};
}

result<bool> parse_flag(const http::incoming_request& request, std::string_view name)
{
    const auto text = lower_ascii(request.parameter(name));
    for (const char* yes : {"1", "true", "yes", "on"})
        if (text == yes)
            return true;
    for (const char* no : {"", "0", "false", "no", "off"})
        if (text == no)
            return false;
    return error(errc::invalid_argument, std::string(name) + ": 1 or 0 is needed, not `" + printable(text, 40) + "`");
}

result<std::chrono::milliseconds> parse_wait(const http::incoming_request& request)
{
    const std::string_view text = request.parameter("wait");
    if (text.empty())
        return std::chrono::milliseconds(0);
    auto wait = parse_duration(text);
    if (!wait)
        return error(errc::invalid_argument, "wait: " + wait.error().message);
    return std::min<std::chrono::milliseconds>(*wait, longest_wait);
}

result<std::size_t> parse_limit(const http::incoming_request& request, std::size_t usual, std::size_t most)
{
    const std::string_view text = request.parameter("limit");
    if (text.empty())
        return usual;
    std::size_t value = 0;
    auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || stop != text.data() + text.size() || value == 0 || value > most)
        return error(errc::invalid_argument, "limit: a number from 1 to " + std::to_string(most) + " is needed");
    return value;
}

result<boost::json::object> parse_body(const http::incoming_request& request,
                                       std::initializer_list<std::string_view> allowed)
{
    if (trim(request.body).empty())
        return boost::json::object();
    auto parsed = parse_json(request.body);
    if (!parsed)
        return error(errc::invalid_argument, "the body is not JSON: " + parsed.error().message);
    if (!parsed->is_object())
        return error(errc::invalid_argument, "the body must be a JSON object");
    for (const auto& member : parsed->get_object())
        if (std::find(allowed.begin(), allowed.end(), std::string_view(member.key())) == allowed.end())
            return error(errc::invalid_argument,
                         "unknown key `" + printable(member.key()) + "`; known: " + join(allowed, ", "));
    return parsed->get_object();
}

} // namespace ulak::control
