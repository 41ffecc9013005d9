// iletimerkezi's row in the registry.
#pragma once

#include "providers/protocol_descriptor.hpp"

namespace ulak::providers::iletimerkezi {

protocol_descriptor descriptor();

} // namespace ulak::providers::iletimerkezi
