#include "sim/detail/dispatcher.hpp"

#include "core/text.hpp"
#include "sim/detail/strict.hpp"

#include <algorithm>
#include <cassert>

namespace ulak::sim {
namespace {

bool is_asked_for(const operation& o, const call& c)
{
    return (o.verb.empty() || o.verb == c.request.verb) && matches_pattern(o.path, c.path);
}

} // namespace

bool matches_pattern(std::string_view pattern, const std::vector<std::string>& path)
{
    const auto wanted = pattern.empty() ? std::vector<std::string_view>() : split(pattern, '/');
    auto fits = [](std::string_view want, const std::string& segment) { return want == "*" || want == segment; };
    return std::equal(wanted.begin(), wanted.end(), path.begin(), path.end(), fits);
}

void find_operation(call& c)
{
    const auto& known = c.protocol.operations;
    auto found = known.end();
    if (c.protocol.find_name) {
        const auto name = c.protocol.find_name(c);
        found = std::find_if(known.begin(), known.end(), [&](const operation& o) { return o.name == name; });
    } else {
        found = std::find_if(known.begin(), known.end(), [&](const operation& o) { return is_asked_for(o, c); });
    }
    c.operation = found == known.end() ? nullptr : &*found;
}

http::reply dispatch(call& c)
{
    strict::check_target(c);
    if (auto refusal = c.protocol.admit(c))
        return *std::move(refusal);
    assert(c.operation && "a call without an operation is refused by its protocol");
    return c.operation->handle(c);
}

std::string safe_path(const call& c)
{
    return c.protocol.safe_path ? c.protocol.safe_path(c) : c.request.path;
}

} // namespace ulak::sim
