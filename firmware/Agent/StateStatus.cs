namespace IotAttest.Agent
{
    /// <summary>What became of reading the device state. Numbers are stable: boards print them; new ones go to the end.</summary>
    public enum StateStatus
    {
        /// <summary>The newest whole state was read.</summary>
        Ok = 0,

        /// <summary>Nothing was ever provisioned.</summary>
        None = 1,

        /// <summary>There are files, and none holds a whole state: the board must be provisioned as a new one.</summary>
        Damaged = 2,

        /// <summary>The file system failed; a later try may succeed.</summary>
        Failed = 3,
    }
}
