// The keys of `sms.send`: what the loader checks and what the documentation and the JSON schema show.
#pragma once

#include "job/document.hpp"

namespace ulak::kinds::sms {

job::kind_definition table();

} // namespace ulak::kinds::sms
