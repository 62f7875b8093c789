"""The worked example: two articles written for it, with what two colleagues did about their claims."""
