#include "sim/detail/json_member.hpp"

#include <boost/json/serialize.hpp>

namespace ulak::sim {

std::string text_member(const boost::json::object& o, std::string_view key, std::string fallback)
{
    const auto* v = o.if_contains(key);
    if (!v || v->is_null())
        return fallback;
    return v->is_string() ? std::string(v->as_string()) : boost::json::serialize(*v);
}

} // namespace ulak::sim
