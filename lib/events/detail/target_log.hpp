// A log over any target: what make_log is made of. Private to the room.
#pragma once

#include "events/log_sink.hpp"
#include "events/detail/targets.hpp"

namespace ulak::events {

/// `f` is not automatic.
std::unique_ptr<log_sink> make_target_log(std::unique_ptr<log_target> t, format f, level least);

/// Whether descriptor `fd` is the one that $JOURNAL_STREAM, "device:inode", names.
bool is_journal_stream(int fd, const char* journal_stream);

} // namespace ulak::events
