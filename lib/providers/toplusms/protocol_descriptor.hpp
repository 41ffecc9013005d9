// TopluSMS's row in the registry.
#pragma once

#include "providers/protocol_descriptor.hpp"

namespace ulak::providers::toplusms {

protocol_descriptor descriptor();

} // namespace ulak::providers::toplusms
