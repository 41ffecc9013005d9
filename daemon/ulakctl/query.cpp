#include "ulakctl/query.hpp"

#include "http/form.hpp"

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
    auto wrong = [](std::string text) {
        error e(errc::invalid_argument, std::move(text));
        e.http_status = 400;
        return e;
    };
    for (const std::string& word : words) {
        const auto equals = word.find('=');
        if (equals == std::string::npos || equals == 0)
            return wrong("-p " + word + ": write NAME=VALUE");
        const std::string name = word.substr(0, equals);
        if (params.contains(name))
            return wrong("-p " + name + " is given twice");
        params[name] = word.substr(equals + 1);
    }
    return params;
}

} // namespace ulak::ctl
