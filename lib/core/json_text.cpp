#include "core/json_text.hpp"

#include <boost/json/stream_parser.hpp>

namespace ulak {
namespace {

constexpr std::size_t max_depth = 32;

error bad_json(std::size_t offset, const std::string& why)
{
    return error(errc::invalid_argument, "not JSON at byte " + std::to_string(offset) + ": " + why);
}

} // namespace

result<boost::json::value> parse_json(std::string_view text, std::size_t max_bytes)
{
    if (text.size() > max_bytes)
        return error(errc::invalid_argument, "JSON of " + std::to_string(text.size()) + " bytes, at most " +
                                                 std::to_string(max_bytes) + " are taken");
    boost::json::parse_options options;
    options.max_depth = max_depth;
    boost::json::stream_parser parser({}, options);
    boost::json::error_code failed;
    const auto read = parser.write_some(text.data(), text.size(), failed);
    if (failed)
        return bad_json(read, failed.message());
    if (const auto rest = text.find_first_not_of(" \t\r\n", read); rest != std::string_view::npos)
        return bad_json(rest, "something follows the document");
    parser.finish(failed);
    if (failed)
        return bad_json(read, "it ends too early");
    return parser.release();
}

boost::json::value json_or_null(const std::optional<std::string>& text)
{
    return text ? boost::json::value(*text) : boost::json::value(nullptr);
}

boost::json::value json_or_null(const std::optional<wall_point>& at)
{
    return at ? boost::json::value(rfc3339(*at)) : boost::json::value(nullptr);
}

boost::json::object json_of(const money& m)
{
    return {{"amount", m.amount_text()}, {"unit", m.unit}};
}

boost::json::object json_of(const error& e)
{
    return {{"code", name(e.code)}, {"message", e.message}};
}

} // namespace ulak
