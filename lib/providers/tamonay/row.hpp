// The protocol's row in the registry.
#pragma once

#include "providers/registry.hpp"

namespace ulak::providers::tamonay {

protocol row();

} // namespace ulak::providers::tamonay
