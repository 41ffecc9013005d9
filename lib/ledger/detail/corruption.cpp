#include "ledger/detail/corruption.hpp"

#include <sqlite3.h>

namespace ulak::ledger {

bool is_corruption(int code) noexcept
{
    return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
}

error corruption_error(const std::string& path, const std::string& why)
{
    return error(errc::unavailable, path + " is damaged (" + why +
                                        "): stop ulakd, move the file away, and put a backup"
                                        " in its place or save what can be read with: sqlite3 " +
                                        path + " .recover | sqlite3 new.db");
}

} // namespace ulak::ledger
