#include "ulakctl/query.hpp"

#include "http/form.hpp"
#include "ulakctl/cli_context.hpp"

namespace ulak::ctl {

std::string path_segment(std::string_view name)
{
    return http::percent_encode(name);
}

void query::add(std::string_view name, std::string_view value)
{
    text_ += (text_.empty() ? "?" : "&") + std::string(name) + "=" + http::percent_encode(value);
}

result<boost::json::object> parse_params(const std::vector<std::string>& words)
{
    boost::json::object params;
    for (const std::string& word : words) {
        const auto equals = word.find('=');
        if (equals == std::string::npos || equals == 0)
            return usage_error("-p " + word + ": write NAME=VALUE");
        const std::string name = word.substr(0, equals);
        if (params.contains(name))
            return usage_error("-p " + name + " is given twice");
        params[name] = word.substr(equals + 1);
    }
    return params;
}

} // namespace ulak::ctl
