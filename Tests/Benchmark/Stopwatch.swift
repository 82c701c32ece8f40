import Glibc

/// CPU time in seconds, which other programs on the machine disturb less than the clock on the wall.
enum Stopwatch {
    /// What `body` costs the thread that calls it, system calls included.
    static func seconds(_ body: () -> Void) -> Double {
        let start = now(CLOCK_THREAD_CPUTIME_ID)
        body()
        return now(CLOCK_THREAD_CPUTIME_ID) - start
    }

    /// What all child processes that have ended have cost so far.
    static func childSeconds() -> Double {
        var usage = rusage()
        guard unsafe getrusage(RUSAGE_CHILDREN.rawValue, &usage) == 0 else { return 0 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    /// The most memory that this process has held, in bytes.
    static func peakMemory() -> Int {
        var usage = rusage()
        guard unsafe getrusage(RUSAGE_SELF.rawValue, &usage) == 0 else { return 0 }
        return usage.ru_maxrss * 1024
    }

    static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }

    private static func now(_ clock: clockid_t) -> Double {
        var time = timespec()
        guard unsafe clock_gettime(clock, &time) == 0 else { return 0 }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
