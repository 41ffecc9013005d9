#include "sim/detail/call.hpp"

#include "core/text.hpp"
#include "http/form.hpp"

namespace ulak::sim {
namespace {

std::string_view path_part(std::string_view target)
{
    return target.substr(0, target.find('?'));
}

http::header_list read_query(std::string_view target)
{
    http::header_list out;
    auto mark = target.find('?');
    if (mark == std::string_view::npos)
        return out;
    for (auto pair : split(target.substr(mark + 1), '&')) {
        if (pair.empty())
            continue;
        auto equals = pair.find('=');
        auto key = http::percent_decode(pair.substr(0, equals), true);
        auto v = http::percent_decode(equals == std::string_view::npos ? "" : pair.substr(equals + 1), true);
        out.emplace_back(key ? *key : std::string(pair), v ? *v : std::string());
    }
    return out;
}

} // namespace

call::call(world_state& w, simulated_account& a, const http::incoming_request& in)
    : world(w), account(a), protocol(a.protocol), request(in)
{
    auto below = path_part(request.raw_target).substr(protocol.base_path.size());
    for (auto segment : split(below, '/')) {
        auto decoded = http::percent_decode(segment);
        if (!segment.empty())
            path.push_back(decoded ? *decoded : std::string(segment));
    }
    query = strict::fields(read_query(request.raw_target));
    entry.at = w.now();
    entry.protocol = protocol.name;
    entry.verb = request.verb;
}

std::optional<std::string> call::fault(std::string_view kind)
{
    auto parameter = world.faults.trigger(protocol.name, operation_name(), kind);
    if (parameter)
        entry.faults.emplace_back(parameter->empty() ? std::string(kind) : std::string(kind) + ":" + *parameter);
    return parameter;
}

std::optional<std::int64_t> call::fault_number(std::string_view kind, std::int64_t fallback)
{
    auto parameter = fault(kind);
    if (!parameter)
        return std::nullopt;
    auto n = parse_id(*parameter);
    return n ? static_cast<std::int64_t>(*n) : fallback;
}

void call::accept(json::value effect)
{
    entry.accepted = true;
    entry.effect = std::move(effect);
}

std::optional<std::uint64_t> call::path_id(std::size_t segment) const
{
    return segment < path.size() ? parse_id(path[segment]) : std::nullopt;
}

http::reply json_reply(std::string body, int status)
{
    return http::reply(status, std::move(body), "application/json; charset=UTF-8");
}

} // namespace ulak::sim
