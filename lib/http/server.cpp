#include "http/server.hpp"

#include "http/detail/http_grammar.hpp"
#include "http/server/local_server.hpp"

namespace ulak::http {

std::string_view incoming_request::header(std::string_view wanted) const noexcept
{
    return find_header(headers, wanted);
}

std::string_view incoming_request::parameter(std::string_view wanted) const noexcept
{
    for (const auto& [key, value] : query)
        if (key == wanted)
            return value;
    return {};
}

std::unique_ptr<server> make_server(executor ex, async::clock& clock)
{
    return std::make_unique<local_server>(ex, clock);
}

} // namespace ulak::http
