#include "ledger/shim_vfs.hpp"

#include <filesystem>
#include <memory>

namespace ulak::tests {
namespace {

struct shim_file {
    sqlite3_file base;
    shim_vfs* disk;
    std::string* name; ///< SQLite moves no files, but knows nothing of destructors
    sqlite3_file* real() noexcept { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

shim_file& of(sqlite3_file* f)
{
    return *reinterpret_cast<shim_file*>(f);
}

const sqlite3_io_methods* below(sqlite3_file* f)
{
    return of(f).real()->pMethods;
}

int close_file(sqlite3_file* f)
{
    const std::unique_ptr<std::string> name(of(f).name);
    return below(f)->xClose(of(f).real());
}

int write_file(sqlite3_file* f, const void* data, int size, sqlite3_int64 at)
{
    auto& o = of(f);
    std::string bytes(static_cast<const char*>(data), static_cast<std::size_t>(size));
    return o.disk->pass(disk_op::write, *o.name, at, std::move(bytes),
                        [&] { return below(f)->xWrite(o.real(), data, size, at); });
}

int truncate_file(sqlite3_file* f, sqlite3_int64 size)
{
    auto& o = of(f);
    return o.disk->pass(disk_op::truncate, *o.name, size, {}, [&] { return below(f)->xTruncate(o.real(), size); });
}

int sync_file(sqlite3_file* f, int flags)
{
    auto& o = of(f);
    return o.disk->pass(disk_op::sync, *o.name, 0, {}, [&] { return below(f)->xSync(o.real(), flags); });
}

/// Version 1: no shared memory, which an exclusive store does without.
const sqlite3_io_methods methods = {
    1,
    close_file,
    [](sqlite3_file* f, void* out, int size, sqlite3_int64 at) { return below(f)->xRead(of(f).real(), out, size, at); },
    write_file,
    truncate_file,
    sync_file,
    [](sqlite3_file* f, sqlite3_int64* out) { return below(f)->xFileSize(of(f).real(), out); },
    [](sqlite3_file* f, int lock) { return below(f)->xLock(of(f).real(), lock); },
    [](sqlite3_file* f, int lock) { return below(f)->xUnlock(of(f).real(), lock); },
    [](sqlite3_file* f, int* out) { return below(f)->xCheckReservedLock(of(f).real(), out); },
    [](sqlite3_file* f, int op, void* arg) { return below(f)->xFileControl(of(f).real(), op, arg); },
    [](sqlite3_file* f) { return below(f)->xSectorSize(of(f).real()); },
    [](sqlite3_file* f) { return below(f)->xDeviceCharacteristics(of(f).real()); },
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr};

shim_vfs& disk_of(sqlite3_vfs* v)
{
    return *static_cast<shim_vfs*>(v->pAppData);
}

std::string short_name(const char* path)
{
    return path == nullptr ? std::string() : std::filesystem::path(path).filename().string();
}

int open_file(sqlite3_vfs* v, sqlite3_filename path, sqlite3_file* f, int flags, int* out)
{
    auto& o = of(f);
    o.base.pMethods = nullptr;
    auto name = std::make_unique<std::string>(short_name(path));
    const int code = disk_of(v).pass(disk_op::open, *name, 0, {}, [&] {
        return disk_of(v).below()->xOpen(disk_of(v).below(), path, o.real(), flags, out);
    });
    if (code != SQLITE_OK)
        return code;
    o.disk = &disk_of(v);
    o.name = name.release();
    o.base.pMethods = &methods;
    return SQLITE_OK;
}

int remove_file(sqlite3_vfs* v, const char* path, int sync)
{
    return disk_of(v).pass(disk_op::remove, short_name(path), 0, {},
                           [&] { return disk_of(v).below()->xDelete(disk_of(v).below(), path, sync); });
}

int access_file(sqlite3_vfs* v, const char* path, int flags, int* out)
{
    return disk_of(v).below()->xAccess(disk_of(v).below(), path, flags, out);
}

int full_path(sqlite3_vfs* v, const char* path, int size, char* out)
{
    return disk_of(v).below()->xFullPathname(disk_of(v).below(), path, size, out);
}

} // namespace

shim_vfs::shim_vfs() : below_(sqlite3_vfs_find(nullptr)), self_(*below_)
{
    self_.pNext = nullptr;
    self_.zName = "ulak-shim";
    self_.szOsFile = static_cast<int>(sizeof(shim_file)) + below_->szOsFile;
    self_.pAppData = this;
    self_.xOpen = open_file;
    self_.xDelete = remove_file;
    self_.xAccess = access_file;
    self_.xFullPathname = full_path;
    sqlite3_vfs_register(&self_, 1);
}

shim_vfs::~shim_vfs()
{
    sqlite3_vfs_unregister(&self_);
    sqlite3_vfs_register(below_, 1);
}

int shim_vfs::pass(disk_op what, const std::string& file, std::int64_t at, std::string bytes,
                   const std::function<int()>& carry_out)
{
    if (const int no = refuse ? refuse(what, file) : SQLITE_OK; no != SQLITE_OK)
        return no;
    const int code = carry_out();
    if (keeps_record && code == SQLITE_OK) {
        disk_entry e;
        e.what = what;
        e.file = file;
        e.at = at;
        e.bytes = std::move(bytes);
        written.push_back(std::move(e));
    }
    return code;
}

} // namespace ulak::tests
