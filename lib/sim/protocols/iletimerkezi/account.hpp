// The account: its balance, its approved senders and its blacklist.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::iletimerkezi {

http::reply get_balance(call& c);
http::reply get_sender(call& c);
http::reply get_blacklist(call& c);
http::reply add_blacklist(call& c);
http::reply delete_blacklist(call& c);

} // namespace ulak::sim::iletimerkezi
