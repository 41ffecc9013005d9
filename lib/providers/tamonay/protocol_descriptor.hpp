// Tamonay's row in the registry.
#pragma once

#include "providers/protocol_descriptor.hpp"

namespace ulak::providers::tamonay {

protocol_descriptor descriptor();

} // namespace ulak::providers::tamonay
