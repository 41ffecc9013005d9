// As often.hpp, with what nearly every source of kinds, engine and control includes of the modules below.
#pragma once

#include "often.hpp"

#include "async/deadline.hpp"
#include "async/task_group.hpp"
#include "job/document.hpp"
#include "ledger/recorder.hpp"
#include "providers/account.hpp"
