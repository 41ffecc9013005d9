// What accounts can do, whatever the protocol behind them. Kinds and the engine see only these interfaces.
#pragma once

#include "providers/balance_reader.hpp"
#include "providers/number_seller.hpp"
#include "providers/smm_panel.hpp"
#include "providers/sms_sender.hpp"
