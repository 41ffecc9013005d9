#include "control/detail/json_reply.hpp"

#include "control/detail/view_filter.hpp"

#include <boost/json/serialize.hpp>

namespace ulak::control {

http::reply json_reply(request_context& c, boost::json::object body, int status)
{
    if (c.masked())
        hide_all_but(body, c.shown);
    c.filtered = true;
    return http::reply(status, boost::json::serialize(body) + "\n");
}

} // namespace ulak::control
