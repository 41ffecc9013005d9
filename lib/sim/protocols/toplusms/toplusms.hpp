// TopluSMS (a Nixarsoft panel): Basic auth with forms, and the URL API with a key. Everything is HTTP 200.
#pragma once

#include "sim/protocol_descriptor.hpp"

namespace ulak::sim::toplusms {

const protocol_descriptor& descriptor();

} // namespace ulak::sim::toplusms
