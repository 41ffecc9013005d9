// iletimerkezi: POST with JSON, credentials in the body, the status code mirrored in HTTP.
#pragma once

#include "sim/protocol_descriptor.hpp"

namespace ulak::sim::iletimerkezi {

const protocol_descriptor& descriptor();

} // namespace ulak::sim::iletimerkezi
