namespace IotAttest.Conformance;

/// <summary>The kinds of steps. Unless it says otherwise, the board runs after a step and has started anew.</summary>
public enum BoardStepKind
{
    Restart = 1,

    /// <summary>The board is off afterwards.</summary>
    SwitchOff = 2,

    SwitchOn = 3,

    /// <summary>The build under test in every measured region.</summary>
    FlashBuild = 4,

    FlashNewer = 5,

    FlashOlder = 6,

    /// <summary>One bit of what the file of the build holds in a region.</summary>
    ChangeBit = 7,

    /// <summary>A byte of a region behind the file, where flash is erased.</summary>
    ChangeErasedTail = 8,

    /// <summary>The build under test in one region.</summary>
    RestoreRegion = 9,

    /// <summary>The board goes on running: no restart.</summary>
    ChangeBitWhileRunning = 10,

    /// <summary>The end of service, as the maker planned it.</summary>
    EraseKeys = 11,
}
