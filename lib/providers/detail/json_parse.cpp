#include "providers/detail/json_parse.hpp"

#include "core/text.hpp"
#include "providers/detail/json_builder.hpp"

#include <boost/json/basic_parser_impl.hpp>

namespace ulak::providers {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t max_depth = 32;

error not_json(std::string what)
{
    return error(errc::contract, "not the JSON that was promised: " + std::move(what), reach::answered);
}

} // namespace

result<json_value> parse_provider_json(std::string_view body)
{
    if (body.starts_with(byte_order_mark))
        body.remove_prefix(byte_order_mark.size());
    body = trim(body);
    boost::json::parse_options strict;
    strict.max_depth = max_depth;
    boost::json::basic_parser<json_builder> parser(strict);
    boost::system::error_code bad;
    const std::size_t used = parser.write_some(false, body.data(), body.size(), bad);
    if (bad)
        return not_json(bad.message() + " at byte " + std::to_string(used));
    if (used != body.size())
        return not_json("something follows the document at byte " + std::to_string(used));
    if (parser.handler().conflicting_keys())
        return not_json("one key with two values");
    return parser.handler().take();
}

} // namespace ulak::providers
