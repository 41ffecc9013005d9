#include "control/detail/json_reply.hpp"

#include <boost/json/serialize.hpp>

namespace ulak::control {

http::reply json_reply(const boost::json::object& body, int status)
{
    return http::reply(status, boost::json::serialize(body) + "\n");
}

} // namespace ulak::control
