// The protocol's row in the registry.
#pragma once

#include "providers/registry.hpp"

namespace ulak::providers::tamonay {

protocol_descriptor descriptor();

} // namespace ulak::providers::tamonay
